package io.quorate.server.demo;

/// Money on its way from one account to another.
///
/// @param id unique over all attempts of a run: an attempt begun again is a new transfer
record Transfer(long id, long source, long target, long amount) {}
