package io.quorate.server.node;

import io.quorate.region.api.RegionFaults;
import io.quorate.txn.api.TxnFaults;

/// A rule of the database that a node breaks on purpose, by its name on the command line.
public enum PlantedFault {
    READ_LATEST("read-latest", new NodeFaults(RegionFaults.NONE, new TxnFaults(true, false))),
    NO_LOCK_CHECK("no-lock-check", new NodeFaults(new RegionFaults(true), TxnFaults.NONE)),
    LOST_SECONDARY("lost-secondary", new NodeFaults(RegionFaults.NONE, new TxnFaults(false, true)));

    private final String optionName;
    private final NodeFaults faults;

    PlantedFault(String optionName, NodeFaults faults) {
        this.optionName = optionName;
        this.faults = faults;
    }

    /// The fault of that name. Throws with the names there are.
    public static PlantedFault named(String name) {
        for (PlantedFault fault : values()) {
            if (fault.optionName.equals(name)) {
                return fault;
            }
        }
        throw new IllegalStateException(
                "--break knows read-latest, no-lock-check and lost-secondary, not \""
                        + name
                        + "\"");
    }

    public String optionName() {
        return optionName;
    }

    public NodeFaults faults() {
        return faults;
    }
}
