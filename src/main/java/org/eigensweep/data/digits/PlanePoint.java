package org.eigensweep.data.digits;

/**
 * A point of the plane: in a glyph's unit box, or in pixels of an image; y points down.
 *
 * @param x distance from the left edge
 * @param y distance from the upper edge
 */
record PlanePoint(double x, double y) {}
