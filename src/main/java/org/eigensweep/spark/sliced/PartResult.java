package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * What a place adds to a sum of blocks.
 *
 * @param block n × m
 * @param besides what it returns to the driver
 */
public record PartResult<E extends Serializable>(HostMatrix block, E besides) {}
