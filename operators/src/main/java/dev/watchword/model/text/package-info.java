/** Text as a model takes and gives it: token ids, chat templates, answers. */
package dev.watchword.model.text;
