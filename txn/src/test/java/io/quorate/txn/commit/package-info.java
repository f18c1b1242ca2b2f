/// The outcome of commits.
@NullMarked
package io.quorate.txn.commit;

import org.jspecify.annotations.NullMarked;
