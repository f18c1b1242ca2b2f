/// How the code is laid out and reads, kept by tests: module order, doors, cycles, forbidden
/// interfaces, formatting, documentation.
@NullMarked
package io.quorate.tests.tidy;

import org.jspecify.annotations.NullMarked;
