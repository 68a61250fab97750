// The live channel. Rows are the truth and events are hints: this keeps the highest *contiguous* seq, asks for
// what it missed, and falls back to slow polling. `html[data-live]` says open, polling or closed; `data-seq` the seq.

const QUIET = 35_000; // ms without a word (hello comes every 15 s): the socket is dead
const RESUME = 8_000; // ms a resume may take
const POLL = 5_000; // ms between two questions while there is no socket
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

export class Live {
  #root = document.documentElement;
  #ahead = new Set(); // seqs that came before one that is still missing
  #resuming = false;
  #failures = 0;
  #socket;
  #deadline;
  #poll;

  // `handler` has job(job), gone(id), progress(message), preview(id, blob) and async reset().
  constructor({ seq, changesUrl, handler, onState }) {
    this.seq = seq;
    this.changesUrl = changesUrl;
    this.handler = handler;
    this.onState = onState;
    addEventListener("online", () => this.#socket?.readyState === WebSocket.CLOSED && this.connect());
    addEventListener("pagehide", () => this.#socket?.close());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
  }

  connect() {
    clearTimeout(this.retry);
    this.#resuming = false;
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/jobs/`);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => {
      this.#expect(this.#resuming ? RESUME : QUIET);
      if (typeof event.data === "string") this.receive(JSON.parse(event.data));
      else this.#preview(event.data);
    };
    socket.onclose = () => this.#lost(socket);
    this.#expect(QUIET);
  }

  receive(message) {
    const { type, seq } = message;
    if (type === "progress") return this.handler.progress(message);
    if (type === "hello") return this.#hello(seq);
    if (type === "live") return this.#caughtUp(seq);
    if (type === "reset") return this.#reset(seq);
    if (type === "job") this.handler.job(message.job);
    if (type === "gone") this.handler.gone(message.job);
    if (seq > this.seq) this.#ahead.add(seq);
    this.#advance();
    if (this.#ahead.size) this.#resume();
  }

  #hello(seq) {
    this.#failures = 0;
    clearTimeout(this.#poll);
    this.#poll = undefined;
    this.#say("open");
    if (seq < this.seq) this.#reset(seq); // the server was set back to an older state
    else if (seq > this.seq) this.#resume();
    else this.#advance();
  }

  #resume() {
    if (this.#resuming || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#resuming = true;
    this.#expect(RESUME);
    this.#socket.send(JSON.stringify({ type: "resume", seq: this.seq }));
  }

  // Everything up to `seq` has been told; what came meanwhile counts on from there.
  #caughtUp(seq) {
    this.#resuming = false;
    this.#expect(QUIET);
    this.seq = Math.max(this.seq, seq ?? this.seq);
    this.#advance();
    if (this.#ahead.size) this.#resume();
  }

  async #reset(seq) {
    this.seq = seq;
    this.#ahead.clear();
    this.#resuming = false;
    await this.handler.reset();
    this.#advance();
  }

  #advance() {
    for (const seq of this.#ahead) if (seq <= this.seq) this.#ahead.delete(seq);
    while (this.#ahead.delete(this.seq + 1)) this.seq += 1;
    this.#root.dataset.seq = this.seq;
  }

  #preview(buffer) {
    const hex = Array.from(new Uint8Array(buffer, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const image = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    this.handler.preview(image, new Blob([new Uint8Array(buffer, 16)], { type: "image/webp" }));
  }

  #expect(within) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#socket.close(), within);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#deadline);
    this.#failures += 1;
    if (this.#failures >= 3) {
      this.#say("polling");
      this.#poll ??= setTimeout(() => this.#ask(), 0);
    } else {
      this.#say("closed");
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random()));
  }

  async #ask() {
    try {
      const answer = await fetch(`${this.changesUrl}?since=${this.seq}`, { headers: { Accept: "application/json" } });
      if (answer.redirected) return location.reload(); // the session has ended
      if (answer.ok) for (const message of (await answer.json()).messages) this.receive(message);
    } catch {
      // The server is away; the next question comes anyway.
    }
    if (this.#root.dataset.live === "polling") this.#poll = setTimeout(() => this.#ask(), POLL);
  }

  #say(state) {
    if (this.#root.dataset.live === state) return;
    this.#root.dataset.live = state;
    this.onState(state);
  }
}
