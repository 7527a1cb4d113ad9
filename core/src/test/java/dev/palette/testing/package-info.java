/** What several packages' tests share: the numbers of the original code. */
@NullMarked
package dev.palette.testing;

import org.jspecify.annotations.NullMarked;
