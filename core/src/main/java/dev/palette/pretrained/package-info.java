/** . */
@NullMarked
package dev.palette.pretrained;

import org.jspecify.annotations.NullMarked;
