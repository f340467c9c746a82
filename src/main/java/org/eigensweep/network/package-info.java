/**
 * Networks with exact derivatives: a preset model for the data at hand becomes an objective.
 *
 * <p>It has these packages. {@code preset} names the models of the settings; {@code dl4j} holds
 * configurations, parameters and their layout as DL4J has them; {@code compile} turns DL4J's layers
 * into derivative rules; {@code layer} has one rule for each kind of layer; {@code pass} passes
 * examples through the rules; {@code saved}, {@code archive} and {@code difference} read and check
 * networks that users saved; {@code vertex} has the layers that DL4J lacks.
 *
 * <p>Knows DL4J, for configuration, initialisation and parameter layout; only {@code spark.dl4j}
 * imports DL4J besides, to run DL4J's own training and evaluation.
 *
 * <p>Must not know what the derivatives are for: no eigensolvers, no training, no Spark.
 */
package org.eigensweep.network;
