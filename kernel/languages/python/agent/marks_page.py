"""Where the kernel marks each cell's exact borders: a page that it shares with the hook."""

import mmap as _mmap
import struct as _struct

# A slot of the page; `marks-page.ts` reads the same layout.
_SLOT_BYTES = 512
_SLOT = _struct.Struct("<17Q")
_MSG_ID_AT, _FILE_AT = 160, 256
_FILE_BYTES = _SLOT_BYTES - _FILE_AT
_RUNNING, _DONE = 1, 2


class _Cell:
    """A cell that runs in one thread; `depth` counts cells that run inside it (`%%capture`, `run_cell`)."""

    __slots__ = ("slot", "msg_id", "plan", "raw", "depth", "start_ns", "cpu", "rss", "io", "queued", "reset", "tools", "native_id", "count", "file", "failures")


class _MarksPage:
    def __init__(self, path, slots):
        self._slots = slots
        self._next = 0
        with open(path, "r+b") as page:
            self._page = _mmap.mmap(page.fileno(), slots * _SLOT_BYTES)

    def take_slot(self):
        slot = self._next
        self._next = (slot + 1) % self._slots
        return slot

    def mark_start(self, cell):
        self._write(cell, _RUNNING, 0, (0, 0), _UNKNOWN, _UNKNOWN, (_UNKNOWN,) * 4, _UNKNOWN)

    def mark_end(self, cell, end_ns, cpu, end_rss, peak, io, queued):
        """`cpu`, `io` and `queued` are the counters now; what the cell took is their growth."""
        used = tuple(max(0, after - before) for after, before in zip(cpu, cell.cpu))
        moved = (
            tuple(after - before for after, before in zip(io, cell.io))
            if io is not None and cell.io is not None
            else (_UNKNOWN,) * 4
        )
        waited = queued - cell.queued if queued is not None and cell.queued is not None else _UNKNOWN
        self._write(cell, _DONE, end_ns, used, end_rss, peak, moved, waited)

    def _write(self, cell, state, end_ns, cpu, end_rss, peak, io, queued):
        """State is written last: a slot marked done is complete."""
        at = cell.slot * _SLOT_BYTES
        name = cell.msg_id.encode("utf-8", "replace")[: _FILE_AT - _MSG_ID_AT]
        self._page[at + _MSG_ID_AT : at + _MSG_ID_AT + len(name)] = name
        self._page[at + _FILE_AT : at + _FILE_AT + len(cell.file)] = cell.file
        values = (
            cell.start_ns,
            end_ns,
            *cpu,
            cell.rss,
            end_rss,
            peak,
            *io,
            cell.native_id,
            len(name),
            queued,
            len(cell.file),
            cell.count,
        )
        _SLOT.pack_into(self._page, at, 0, *values)
        self._page[at : at + 8] = state.to_bytes(8, "little")
