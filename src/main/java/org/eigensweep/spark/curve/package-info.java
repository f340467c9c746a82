/**
 * The curves of finished and running trials, thinned to what a figure can show.
 *
 * <p>Knows the columns that figures draw, and how Spark SQL thins them where the rows are: a few
 * numbers a bucket of steps come back, as records without a type of Spark's.
 *
 * <p>Must not know how a figure or a page looks, nor how a trial is run.
 */
package org.eigensweep.spark.curve;
