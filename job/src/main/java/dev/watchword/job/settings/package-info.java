/**
 * The settings: one tree of records ({@link dev.watchword.job.settings.Settings}), read from a YAML
 * file and flags ({@link dev.watchword.job.settings.SettingsReader}). The records' components are
 * the only place where a setting is declared: its name, type, default and meaning; the reader and
 * the page of documentation follow them.
 */
package dev.watchword.job.settings;
