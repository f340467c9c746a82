/**
 * The tables: their columns, what each means and where its value comes from.
 *
 * <p>Knows Parquet by Spark, and what {@code experiment} says of a trial.
 *
 * <p>Must not know which trials there are, nor which of them are finished.
 */
package org.eigensweep.spark.table;
