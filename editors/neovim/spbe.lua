-- SPBE architecture for Neovim: put this file where `require` or `:source` finds it, as in ~/.config/nvim/lua/spbe.lua,
-- and say `require("spbe")` in your init.lua. The program comes from `pip install "spbe-arch[lsp]"`.

-- The path of the program; never read from a project.
local program = vim.g.spbe_path or "spbe"

-- The nearest folder above a file that has a manifest; nil if there is none.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  while folder ~= "" do
    if vim.fn.filereadable(folder .. "/spbe.yaml") == 1 then
      return folder
    end
    local above = vim.fn.fnamemodify(folder, ":h")
    if above == folder then
      return nil
    end
    folder = above
  end
end

local clients = {}

local function attach(buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  if root == nil then
    return
  end
  local client = clients[root]
  if client == nil or vim.lsp.get_client_by_id(client) == nil then
    client = vim.lsp.start_client({
      name = "spbe",
      cmd = { program, "lsp" },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    })
    clients[root] = client
  end
  if client ~= nil then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = "yaml",
  callback = function(event)
    attach(event.buf)
  end,
})
