/**
 * What went wrong in a sweep, in one line each.
 *
 * <p>Knows the names of trials, and that Spark's messages hold whole stack traces.
 *
 * <p>Must not know how trials run or where their results are.
 */
package org.eigensweep.spark.failure;
