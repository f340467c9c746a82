package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * What a place adds to a sum of blocks.
 *
 * @param summand n × m
 * @param reply what it returns to the driver
 */
public record PartitionResult<E extends Serializable>(HostMatrix summand, E reply) {}
