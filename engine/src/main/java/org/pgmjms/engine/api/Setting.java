package org.pgmjms.engine.api;

/** The table of settings. */
public enum Setting {}
