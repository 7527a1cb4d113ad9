/** . */
@NullMarked
package dev.palette.task;

import org.jspecify.annotations.NullMarked;
