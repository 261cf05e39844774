/**
 * Finds processes that joined a tree, cheaply.
 *
 * `/proc/loadavg` ends with the number that the system gave out last. While it stands still, nothing was started and
 * one read of 2 µs is all; when it moved a little, only the numbers between are looked at. When it moved far, and
 * once a second in any case (some containers show a made-up `loadavg`), every member is asked for its children.
 */
import { existsSync, readdirSync } from 'node:fs';
import type { Member } from './member.ts';
import { parseWord } from './procfs/parse.ts';
import { ProcFile, scratch } from './procfs/proc-file.ts';
import { listTasks } from './procfs/thread-times.ts';

const MOST_PROBED = 64;
const THOROUGH_EVERY_MS = 1000;

export class Discovery {
  private readonly loadavg: ProcFile;
  private lastPid = -1;
  private thoroughAtMs = -Infinity;

  constructor(private readonly procRoot: string) {
    this.loadavg = new ProcFile(`${procRoot}/loadavg`);
  }

  /**
   * @param members parents before children; what `adopt` adds to it is asked for its children too.
   * @param adopt takes a process into the tree if it belongs there and is not there yet.
   */
  find(
    members: ReadonlyMap<number, Member>,
    adopt: (pid: number) => void,
    nowMs: number,
    thorough: boolean,
  ): void {
    const before = this.lastPid;
    this.lastPid = this.readLastPid();
    const started = this.lastPid - before;
    if (
      thorough ||
      started < 0 ||
      started > MOST_PROBED ||
      nowMs - this.thoroughAtMs >= THOROUGH_EVERY_MS
    ) {
      this.thoroughAtMs = nowMs;
      this.walk(members, adopt);
      return;
    }
    for (let pid = before + 1; pid <= this.lastPid; pid++) {
      if (existsSync(`${this.procRoot}/${pid}`)) adopt(pid);
    }
  }

  close(): void {
    this.loadavg.close();
  }

  private readLastPid(): number {
    const length = this.loadavg.read();
    return length > 0 ? parseWord(scratch, length, 4) : -1;
  }

  private walk(members: ReadonlyMap<number, Member>, adopt: (pid: number) => void): void {
    // A Map's iteration reaches what is added on the way: grandchildren come in the same pass.
    for (const member of members.values()) {
      const children = this.childrenOf(member);
      if (children === undefined) {
        this.scan(members, adopt);
        return;
      }
      for (const pid of children) adopt(pid);
    }
  }

  /** @returns undefined where the Linux kernel was built without `CONFIG_PROC_CHILDREN`. */
  private childrenOf(member: Member): number[] | undefined {
    const taskDir = member.files.taskDir;
    const tasks = member.stat.threads === 1 ? [String(member.pid)] : listTasks(taskDir);
    const children: number[] = [];
    for (const task of tasks) {
      const file = new ProcFile(`${taskDir}/${task}/children`);
      const length = file.read();
      file.close();
      if (length > 0) children.push(...numbers(scratch.toString('latin1', 0, length)));
      else if (length < 0 && existsSync(`${taskDir}/${task}/stat`)) return undefined;
    }
    return children;
  }

  private scan(members: ReadonlyMap<number, Member>, adopt: (pid: number) => void): void {
    const pids = numbers(readdirSync(this.procRoot).join(' '));
    // A parent may have the higher number, once numbers wrapped round.
    for (let found = -1; found !== members.size;) {
      found = members.size;
      for (const pid of pids) adopt(pid);
    }
  }
}

const numbers = (text: string): number[] =>
  text
    .split(' ')
    .filter(word => /^\d+$/.test(word))
    .map(Number);
