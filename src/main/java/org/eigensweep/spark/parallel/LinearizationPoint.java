package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * Parameters at which executors linearise, and from which they do so again when what they kept is
 * lost.
 *
 * @param version tells this point from all others of its objective
 * @param theta n × 1
 */
record LinearizationPoint(long version, HostMatrix theta) implements Serializable {}
