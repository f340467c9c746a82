/**
 * The tables of sweeps drawn together over seeds: statistics by step, differences to plain training
 * on the same seeds, and how soon a loss is reached.
 *
 * <p>Knows what the columns of the tables mean, and which trials can be compared. Statistics are of
 * values in order of their seeds, so no result depends on how Spark spread the rows.
 *
 * <p>Must not know how a folder of results is laid out or how results are shown.
 */
package org.eigensweep.spark.aggregate;
