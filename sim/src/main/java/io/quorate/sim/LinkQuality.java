package io.quorate.sim;

/// How well messages travel from one machine to another.
///
/// @param latencyNanosMin the least a message takes
/// @param latencyNanosMax the most it usually takes; since each draws its own, messages overtake
/// @param lossProbability how often a message, a request or a reply is lost
/// @param duplicateProbability how often a message arrives twice; never a request
/// @param stallProbability how often one takes up to `stallNanosMax` instead
/// @param stallNanosMax the most a stalled message takes
public record LinkQuality(
        long latencyNanosMin,
        long latencyNanosMax,
        double lossProbability,
        double duplicateProbability,
        double stallProbability,
        long stallNanosMax) {
    /// A local network without trouble.
    public static final LinkQuality GOOD = new LinkQuality(50_000, 500_000, 0, 0, 0, 0);

    /// Losses, doubles and stalls, more than any network one would keep.
    public static final LinkQuality BAD =
            new LinkQuality(50_000, 20_000_000, 0.1, 0.1, 0.02, 3_000_000_000L);

    long drawLatencyNanos(SimRandom random) {
        return random.chance(stallProbability)
                ? random.between(latencyNanosMin, Math.max(latencyNanosMin, stallNanosMax))
                : random.between(latencyNanosMin, latencyNanosMax);
    }
}
