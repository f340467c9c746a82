/**
 * Networks: DL4J configurations with an exact derivative rule for every kind of layer and loss.
 *
 * <p>Knows DL4J, for configuration, initialisation and parameter layout (nothing else imports it
 * but {@code spark.dl4j}, which has DL4J train and evaluate by itself), and holds one rule a layer
 * kind: forward, backward, tangent forward, tangent backward, the last two being Pearlmutter's
 * R-operator. Sums over examples are divided once, at the end.
 *
 * <p>Must not know what the derivatives are for: no eigensolvers, no training, no Spark.
 */
package org.eigensweep.network;
