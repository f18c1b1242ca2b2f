/// Sessions told as scripts: what each isolation level allows and refuses.
@NullMarked
package io.quorate.txn.session;

import org.jspecify.annotations.NullMarked;
