/**
 * The rows of finished trials for programs that do not read Parquet: a folder of CSV files, event
 * files of TensorBoard, runs on an MLflow server.
 *
 * <p>This package knows which trials lie in which folders and which numbers of a row are curves; a
 * room below it knows one format each. It must not know Spark, settings files, or how a trial came
 * by its numbers.
 */
package org.eigensweep.export;
