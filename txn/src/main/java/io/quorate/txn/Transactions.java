package io.quorate.txn;

import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.RegionClient;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.api.DetectorHost;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.TxnFaults;

/// Transactions of one node. Construct one per node: it also serves the node's deadlock detector.
public final class Transactions implements TransactionManager {
    public Transactions(
            Env env,
            TimestampOracle oracle,
            RegionClient regions,
            DetectorHost detectorHost,
            TxnFaults faults) {}

    @Override
    public Transaction begin(TransactionOptions options) {
        throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, "transactions");
    }

    @Override
    public Outcome outcome(String token) {
        throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, "transactions");
    }
}
