/**
 * Networks with exact derivatives: a preset model for the data at hand becomes an objective.
 *
 * <p>Below this package lie its rooms. {@code preset} names the models of the settings; {@code
 * dl4j} holds configurations, parameters and their layout as DL4J has them; {@code compile} takes
 * DL4J's layers to derivative rules; {@code layer} holds one rule a kind of layer; {@code pass}
 * takes examples through the rules; {@code saved}, {@code archive} and {@code difference} are for
 * networks of the user's own; {@code vertex} has the layers that DL4J lacks.
 *
 * <p>Knows DL4J, for configuration, initialisation and parameter layout; nothing else imports DL4J
 * but {@code spark.dl4j}, which has DL4J train and evaluate by itself.
 *
 * <p>Must not know what the derivatives are for: no eigensolvers, no training, no Spark.
 */
package org.eigensweep.network;
