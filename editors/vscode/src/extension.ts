// Starts `spbe lsp` for the editor, and three commands of the program: preview, render, explain.

import { ChildProcess, execFile, spawn } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;
let preview: ChildProcess | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const command = (name: string, run: (...given: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  command("spbe.preview", () => showPreview());
  command("spbe.render", () => render());
  command("spbe.explain", () => explain());
  command("spbe.restart", () => restart());
  command("spbe.references", (uri: string, line: number, character: number) =>
    vscode.commands.executeCommand(
      "editor.action.findReferences",
      vscode.Uri.parse(uri),
      new vscode.Position(line, character),
    ),
  );
  context.subscriptions.push({ dispose: () => preview?.kill() });
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => restart()));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("spbe")) void restart();
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  preview?.kill();
  await client?.stop();
}

// --- the language server ---------------------------------------------------------------------------------------

/** The program as the user's own settings name it; what a workspace says of it does not count. */
function program(): string {
  const known = vscode.workspace.getConfiguration("spbe").inspect<string>("path");
  return known?.globalValue || known?.defaultValue || "spbe";
}

function languageOptions(): string[] {
  const language = vscode.workspace.getConfiguration("spbe").get<string>("language");
  return language ? ["--language", language] : [];
}

async function restart(): Promise<void> {
  await client?.stop();
  client = undefined;
  if (!vscode.workspace.isTrusted) return;
  const server: ServerOptions = { command: program(), args: ["lsp", ...languageOptions()] };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml" }],
    initializationOptions: { references: true },
  };
  client = new LanguageClient("spbe", "SPBE architecture", server, options);
  try {
    await client.start();
  } catch {
    client = undefined;
    const said = `"${program()} lsp" cannot be started. Install it: pip install "spbe-arch[lsp]", or set spbe.path.`;
    void vscode.window.showWarningMessage(said);
  }
}

// --- commands --------------------------------------------------------------------------------------------------

/** The folder that the commands are about: that of the file being edited, else the first of the workspace. */
function folder(): string | undefined {
  const file = vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme === "file") return path.dirname(file.fsPath);
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

function mayRun(): boolean {
  if (!vscode.workspace.isTrusted) void vscode.window.showWarningMessage("This workspace is not trusted.");
  return vscode.workspace.isTrusted;
}

async function showPreview(): Promise<void> {
  const about = folder();
  if (about === undefined || !mayRun()) return;
  preview?.kill();
  const started = spawn(program(), ["serve", about, "--port", "0", ...languageOptions()], { shell: false });
  preview = started;
  let said = "";
  started.stderr.setEncoding("utf8");
  started.stderr.on("data", (text: string) => {
    said += text;
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
    if (address) {
      started.stderr.removeAllListeners("data").resume();
      void show(address[0]);
    }
  });
  started.on("error", (error) => void vscode.window.showErrorMessage(`SPBE: ${error.message}`));
  started.on("exit", (code) => {
    if (code) void vscode.window.showErrorMessage(`SPBE: ${said.trim()}`);
  });
}

/** Beside the text; an editor that runs in a browser is a page of another origin, which the preview is not shown in. */
async function show(address: string): Promise<void> {
  if (vscode.env.uiKind === vscode.UIKind.Web) await vscode.env.openExternal(vscode.Uri.parse(address));
  else await vscode.commands.executeCommand("simpleBrowser.show", address);
}

async function render(): Promise<void> {
  const about = folder();
  if (about === undefined || !mayRun()) return;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: "Folder for the pictures",
  });
  if (!chosen?.[0]) return;
  const run = new vscode.ProcessExecution(program(), ["render", about, "-o", chosen[0].fsPath, ...languageOptions()]);
  const task = new vscode.Task({ type: "spbe" }, vscode.TaskScope.Workspace, "Draw all views", "SPBE", run);
  await vscode.tasks.executeTask(task);
}

async function explain(): Promise<void> {
  if (!mayRun()) return;
  const code = await vscode.window.showInputBox({ prompt: "Code of a rule", value: codeHere(), placeHolder: "SPBE101" });
  if (!code) return;
  execFile(program(), ["explain", code, ...languageOptions()], { cwd: folder() }, async (error, page, said) => {
    if (error) {
      void vscode.window.showErrorMessage(`SPBE: ${said || error.message}`);
      return;
    }
    const document = await vscode.workspace.openTextDocument({ content: page, language: "markdown" });
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  });
}

/** The code of a finding at the cursor. */
function codeHere(): string {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return "";
  const found = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find((one) => one.source === "spbe" && one.range.intersection(editor.selection) !== undefined);
  return typeof found?.code === "string" ? found.code : "";
}
