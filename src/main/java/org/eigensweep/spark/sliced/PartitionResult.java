package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * The result of one partition.
 *
 * @param summand what it adds to a sum over all partitions, n × m, or null for zero
 * @param reply what the driver receives
 */
public record PartitionResult<E extends Serializable>(HostMatrix summand, E reply) {}
