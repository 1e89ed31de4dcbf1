import { spawn } from 'node:child_process';
import { say } from './output.ts';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens an address in the browser of whoever sits at the terminal; says so, if there is nobody or no browser. */
export function openInBrowser(address: string): void {
  const { env, platform, stdout } = process;
  const isBlind = openers[platform] === undefined && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
  if (!stdout.isTTY || isBlind) {
    const why = stdout.isTTY ? 'There is no display here' : 'Nobody is at a terminal here';
    say(`${why}, so nothing was opened: open it in a browser.`);
    return;
  }
  const [program, ...args] = openers[platform] ?? ['xdg-open'];
  spawn(program, [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => say(`${program} is not here: open it in a browser.`))
    .unref();
}
