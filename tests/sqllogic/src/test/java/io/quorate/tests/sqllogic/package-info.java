/// sqllogictest files over JDBC: the SQLite corpus and files of our own.
@NullMarked
package io.quorate.tests.sqllogic;

import org.jspecify.annotations.NullMarked;
