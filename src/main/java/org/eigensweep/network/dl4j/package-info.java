/**
 * Networks as DL4J has them: configurations of either kind, examples in DL4J's shapes, the
 * parameter vector and where in it each parameter lies, and the terms that DL4J adds to a loss.
 *
 * <p>Knows DL4J's classes of configuration and training, and finds every option of a layer.
 *
 * <p>Must not know our derivative rules, but for the passes that a DL4J network can take the place
 * of.
 */
package org.eigensweep.network.dl4j;
