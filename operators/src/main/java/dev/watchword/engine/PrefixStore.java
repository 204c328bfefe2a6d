package dev.watchword.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prefixes that are kept for later questions, bounded in bytes of the device's memory: the one
 * that was asked about longest ago goes first. One that a question holds stays until it is released.
 *
 * <p>Safe for threads. What is dropped is closed by the device's thread, in {@link #closeDropped}.
 */
final class PrefixStore {
    private final long mostBytes;

    /** One who is kept, or was and is still held. Guarded by the store. */
    final class Entry implements RecalledHistory {
        private final KeptPrefix prefix;
        private final Optional<HistoryName> name;
        private long lastSequence;
        private long lastQuestion = ++questions;
        private int holders = 1;
        private boolean dropped;

        private Entry(KeptPrefix prefix, Optional<HistoryName> name, long lastSequence) {
            this.prefix = prefix;
            this.name = name;
            this.lastSequence = lastSequence;
        }

        KeptPrefix prefix() {
            return prefix;
        }

        @Override
        public void release() {
            synchronized (PrefixStore.this) {
                holders--;
                if (dropped && holders == 0) {
                    closing.add(prefix);
                }
            }
        }
    }

    private record Place(long owner, String stream) {
        static Place of(HistoryName name) {
            return new Place(name.owner(), name.stream());
        }
    }

    // Guarded by this.
    private final Map<Place, Entry> entries = new HashMap<>();
    private final List<KeptPrefix> closing = new ArrayList<>();
    private long owners;
    private long questions;
    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    PrefixStore(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized long newOwner() {
        return ++owners;
    }

    /** Keeps a prefix in the place of any that was kept for the stream; it is held once. */
    synchronized Entry keep(KeptPrefix prefix, AnswerRequest.Kept kept) {
        Entry entry = new Entry(prefix, Optional.of(kept.name()), kept.lastSequence());
        Entry before = entries.put(Place.of(kept.name()), entry);
        if (before != null) {
            drop(before);
        }
        return entry;
    }

    /** Holds a prefix for one question, without keeping it. */
    synchronized Entry holdOnly(KeptPrefix prefix) {
        Entry entry = new Entry(prefix, Optional.empty(), 0);
        entry.dropped = true;
        return entry;
    }

    /** See {@link Engine#recall}. */
    synchronized Optional<Entry> recall(HistoryName name, long lastSequence, int frames) {
        Entry entry = entries.get(Place.of(name));
        if (entry == null
                || !entry.name.equals(Optional.of(name))
                || entry.lastSequence < lastSequence
                || entry.prefix.frames() < frames) {
            misses++;
            return Optional.empty();
        }
        hits++;
        entry.holders++;
        entry.lastQuestion = ++questions;
        return Optional.of(entry);
    }

    /** See {@link Engine#follow}. */
    synchronized void follow(long owner, String stream, long sequence, byte[] token) {
        Entry entry = entries.get(new Place(owner, stream));
        if (entry != null) {
            entry.lastSequence = sequence;
            entry.prefix.add(token);
        }
    }

    /** See {@link Engine#forget}. */
    synchronized void forget(long owner) {
        for (Iterator<Map.Entry<Place, Entry>> all = entries.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<Place, Entry> each = all.next();
            if (each.getKey().owner() == owner) {
                all.remove();
                drop(each.getValue());
            }
        }
    }

    /** Does not keep an entry any longer, if it does; for one that cannot be read on. */
    synchronized void discard(Entry entry) {
        entry.name.ifPresent(name -> entries.remove(Place.of(name), entry));
        drop(entry);
    }

    /** A prefix of which at least so many frames are not read although it is begun, held. */
    synchronized Optional<Entry> behind(int unread) {
        for (Entry entry : entries.values()) {
            if (entry.prefix.isBegun() && entry.prefix.unread() >= unread) {
                entry.holders++;
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Drops all that no question holds. */
    synchronized void dropUnheld() {
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.holders == 0) {
                evictions++;
                discard(entry);
            }
        }
    }

    /** Drops what is too much, and closes what was dropped. On the device's thread. */
    void closeDropped() {
        List<KeptPrefix> dropped;
        synchronized (this) {
            dropTooMuch();
            dropped = List.copyOf(closing);
            closing.clear();
        }
        dropped.forEach(KeptPrefix::close);
    }

    private void dropTooMuch() {
        bytes = 0;
        for (Entry entry : entries.values()) {
            bytes += entry.prefix.bytes();
        }
        if (bytes <= mostBytes) {
            return;
        }
        List<Entry> oldestFirst = new ArrayList<>(entries.values());
        oldestFirst.sort(Comparator.comparingLong(entry -> entry.lastQuestion));
        for (Entry entry : oldestFirst) {
            if (bytes > mostBytes && entry.holders == 0) {
                bytes -= entry.prefix.bytes();
                evictions++;
                discard(entry);
            }
        }
    }

    /** What is kept, and what has become of it. */
    synchronized EngineLoad.Prefixes load() {
        return new EngineLoad.Prefixes(entries.size(), bytes, hits, misses, evictions);
    }

    /** Closes everything, when the device's thread has ended. */
    synchronized void closeAll() {
        entries.values().forEach(entry -> entry.prefix.close());
        entries.clear();
        closing.forEach(KeptPrefix::close);
        closing.clear();
    }

    private void drop(Entry entry) {
        if (!entry.dropped) {
            entry.dropped = true;
            if (entry.holders == 0) {
                closing.add(entry.prefix);
            }
        }
    }
}
