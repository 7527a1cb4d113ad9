/** . */
@NullMarked
package dev.palette.experiment;

import org.jspecify.annotations.NullMarked;
