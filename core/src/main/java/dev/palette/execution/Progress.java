package dev.palette.execution;

/**
 * Where a running trial stands.
 *
 * @param step steps done
 * @param steps steps of the whole trial
 * @param loss mean loss of the last batch
 * @param task the task it came from
 * @param tokensPerSecond word pieces trained on in a second, padding not counted, over the last few steps
 */
public record Progress(long step, long steps, double loss, String task, double tokensPerSecond) {}
