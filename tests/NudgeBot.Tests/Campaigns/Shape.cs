using System.Collections;

namespace NudgeBot.Tests.Campaigns;

/// <summary>Everything that a record of the product holds, as text: records compare lists by reference.</summary>
static class Shape
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IDictionary map => Of(map.Keys.Cast<string>().Order().Select(key => $"{key}={map[key]}").ToList()),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Of))}]",
        _ when value.GetType() is { IsClass: true, Namespace: not null } type && type.Namespace.StartsWith("NudgeBot.") =>
            $"{type.Name} {{ {string.Join(", ", type.GetProperties().Select(p => $"{p.Name} = {Of(p.GetValue(value))}"))} }}",
        _ => value.ToString()!,
    };
}
