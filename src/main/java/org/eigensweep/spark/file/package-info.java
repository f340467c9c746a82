/**
 * Files on Hadoop's file systems that are checked to be complete and unchanged before they are
 * used.
 *
 * <p>Knows Hadoop's file systems and their failures. It must not know what the files hold, nor
 * where they lie.
 */
package org.eigensweep.spark.file;
