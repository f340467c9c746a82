/**
 * DL4J's own training and evaluation on Spark: parameter averaging, and an independent check of our
 * loss and accuracy.
 *
 * <p>Knows DL4J-Spark. No other package does, because DL4J-Spark is no longer maintained and its
 * requirements (its jars and workarounds) must stay in one place. Takes networks through {@link
 * org.eigensweep.network.Dl4jNetwork} and gives back parameter vectors and numbers; must not know
 * trials, tables or eigenspaces.
 */
package org.eigensweep.spark.dl4j;
