-- What a user does in Neovim, for TestNeovim: opens $FILE with the server $TRACEVET, looks at
-- the diagnostics, has the one on line $LINE (from 1) repaired through the code actions, looks
-- again, and undoes it. It writes what it saw to $REPORT, as JSON, and no file of the user's.
-- It runs in Neovim 0.7 (Debian 12) and later.
local report = {}

local function wait(what, condition)
	if not vim.wait(120000, condition, 20) then
		error("waited in vain for " .. what)
	end
end

local function diagnostics(buf)
	local list = {}
	for _, d in ipairs(vim.diagnostic.get(buf)) do
		local lsp = d.user_data.lsp
		table.insert(list, {
			line = d.lnum + 1, column = d.col + 1, endLine = d.end_lnum + 1, endColumn = d.end_col + 1,
			message = d.message, source = d.source, severity = d.severity,
			code = lsp.code, href = lsp.codeDescription.href,
		})
	end
	return list
end

local function session()
	vim.cmd("edit " .. vim.fn.fnameescape(vim.env.FILE))
	local buf = vim.api.nvim_get_current_buf()
	local text = vim.api.nvim_buf_get_lines(buf, 0, -1, true)
	local client = vim.lsp.start_client({
		name = "tracevet",
		cmd = { vim.env.TRACEVET, "lsp" },
		root_dir = vim.fn.fnamemodify(vim.env.FILE, ":h"),
	})
	vim.lsp.buf_attach_client(buf, client)
	wait("diagnostics", function() return #vim.diagnostic.get(buf) > 0 end)
	report.before = diagnostics(buf)

	-- The menu of code actions: take the first one.
	vim.ui.select = function(actions, options, choose)
		report.actions = {}
		for _, action in ipairs(actions) do
			local title = options.format_item(action)
			table.insert(report.actions, title)
		end
		choose(actions[1], 1)
	end
	local line = tonumber(vim.env.LINE)
	for _, d in ipairs(report.before) do
		if d.line == line then
			vim.api.nvim_win_set_cursor(0, { line, d.column - 1 })
		end
	end
	vim.lsp.buf.code_action()
	wait("the edit", function() return vim.bo[buf].modified end)
	report.edited = vim.api.nvim_buf_get_lines(buf, 0, -1, true)
	wait("diagnostics of the unsaved text", function() return #vim.diagnostic.get(buf) < #report.before end)
	report.after = diagnostics(buf)

	vim.api.nvim_buf_set_lines(buf, 0, -1, true, text)
	wait("diagnostics after the undo", function() return #vim.diagnostic.get(buf) == #report.before end)

	vim.lsp.stop_client(client)
	wait("the end of the server", function() return vim.lsp.client_is_stopped(client) end)
end

local ok, err = pcall(session)
if not ok then
	report.error = tostring(err)
end
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.cmd("qa!")
