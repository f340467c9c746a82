package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * Parameters at which executors linearise. An executor that has lost its linearisation makes it
 * again from them.
 *
 * @param version identifies this point among all points of its objective
 * @param theta n × 1
 */
record LinearizationPoint(long version, HostMatrix theta) implements Serializable {}
