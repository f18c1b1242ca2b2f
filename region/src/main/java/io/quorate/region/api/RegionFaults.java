package io.quorate.region.api;

/// Rules that can be switched off on purpose, to show in a test or a demonstration that the damage
/// they prevent is real and is found. A cluster that means to keep its data uses [#NONE].
///
/// @param skipLockCheck readers and prewrites do not look at locks
public record RegionFaults(boolean skipLockCheck) {
    public static final RegionFaults NONE = new RegionFaults(false);
}
