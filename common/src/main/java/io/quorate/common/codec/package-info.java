/// How records become bytes: big-endian fixed numbers, LEB128 variable ones, length-prefixed runs.
/// What is persisted or sent begins with a version that its codec checks.
@NullMarked
package io.quorate.common.codec;

import org.jspecify.annotations.NullMarked;
