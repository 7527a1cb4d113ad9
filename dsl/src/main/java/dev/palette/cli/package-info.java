/**
 * The command line: {@code palette run SCRIPT}, and what comes before and after it: {@code download}, {@code predict}, {@code
 * submit}.
 *
 * <p>A command reads settings and script, hands the experiment to {@code runner}, and prints what came of it. It decides nothing
 * about training; what it owns is the conversation with a person and with the shell: help, messages without stack traces, what
 * Ctrl-C does, and the exit code:
 *
 * <table>
 *   <caption>Exit codes</caption>
 *   <tr><th>code</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>everything asked for is finished</td></tr>
 *   <tr><td>1</td><td>a trial failed, or Palette itself did</td></tr>
 *   <tr><td>2</td><td>the input is wrong: script, settings, data, weights, command line; the message says what to do</td></tr>
 *   <tr><td>130</td><td>stopped by Ctrl-C or SIGTERM; the same command goes on from the last checkpoint</td></tr>
 * </table>
 */
@NullMarked
package dev.palette.cli;

import org.jspecify.annotations.NullMarked;
