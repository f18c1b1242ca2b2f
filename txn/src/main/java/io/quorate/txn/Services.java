package io.quorate.txn;

import io.quorate.common.env.Env;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.commit.Committer;
import io.quorate.txn.lock.KeepAlive;
import io.quorate.txn.lock.LockResolver;
import io.quorate.txn.lock.PessimisticLocker;

/// What the transactions of a node share.
record Services(
        Env env,
        TimestampOracle oracle,
        RegionCalls calls,
        LockResolver resolver,
        PessimisticLocker locker,
        KeepAlive keepAlive,
        Committer committer,
        TxnFaults faults) {}
