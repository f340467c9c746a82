/**
 * Trials as runs on an MLflow tracking server.
 *
 * <p>Knows MLflow's client, its words for names and values, and its limits; no other package sees
 * it. It must not know what the numbers mean.
 */
package org.eigensweep.export.mlflow;
