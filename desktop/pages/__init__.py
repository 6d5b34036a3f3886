"""What fills the window: each page is opened on a workspace, and knows no other page."""
