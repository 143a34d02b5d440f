namespace NudgeBot.Enrollment;

/// <summary>The words of <c>enrollments.state</c>; waiting is for the rollout.</summary>
public enum EnrollmentState { Waiting, Active, Done }

/// <summary>The words of <c>enrollments.arm</c>; drawn once the rollout has reached somebody.</summary>
public enum Arm { Nudged, Holdout }
