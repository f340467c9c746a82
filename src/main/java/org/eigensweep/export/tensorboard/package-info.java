/**
 * Trials as event files of TensorBoard, a run a trial.
 *
 * <p>Knows the framing of TFRecord files, Protocol Buffers as far as events need them, and the
 * messages that TensorBoard's scalars and hyperparameters are read from. It must not know what the
 * numbers mean.
 */
package org.eigensweep.export.tensorboard;
