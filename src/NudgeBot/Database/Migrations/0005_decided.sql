-- What happened between two instants. Rows lie nearly in the order of these times, so a summary of each few pages finds them, and costs
-- a nudge that is decided almost nothing.

create index nudges_decided on nudges using brin (decided_at) with (pages_per_range = 32, autosummarize = on);
create index responses_at on responses using brin (at) with (pages_per_range = 32, autosummarize = on);
